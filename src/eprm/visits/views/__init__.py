"""The pages, by noun: visits, the delegation, what was seen, photos, what follows, and what others read."""
