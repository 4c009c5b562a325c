"""What people type: keepers making a survey, and those who answer one."""
