"""Every read about field visits, each from what the person may see."""
