"""Every read about surveys: each from what the person may see, or by the job that alone sees answers."""
