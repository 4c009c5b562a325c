"""Every read of the app, by noun; each starts from what the person may see."""
