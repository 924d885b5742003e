"""What the law and the dated rows say of an apprenticeship. Plain Python, no Django."""
