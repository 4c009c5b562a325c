"""Every write of the secretariat's office: mails released or withdrawn, periods of keeping, second factors by role."""
