"""What every test of the site needs: the cloned database, and people of two organisations."""
