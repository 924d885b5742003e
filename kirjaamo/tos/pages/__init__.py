"""The pages of the plan: reading for everyone, writing for records managers."""
