"""What people fill in about membership."""
