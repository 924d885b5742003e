"""Confidential casework (luottamuksellinen asiakastyö): text that no general door of the program can show."""
