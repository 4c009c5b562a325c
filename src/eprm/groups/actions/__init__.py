"""Every write about groups: permission, transaction, save, notice, and what the platform then does by job."""
