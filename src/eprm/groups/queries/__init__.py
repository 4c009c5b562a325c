"""Every read about groups. Each starts from what the person may see."""
