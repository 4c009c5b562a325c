"""Pages: the member’s own return, the secretariat’s reading, the questionnaire, the group’s figures."""
