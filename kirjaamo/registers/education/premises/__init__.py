"""School premises for evening and weekend use (koulujen tilojen asukaskäyttö)."""
