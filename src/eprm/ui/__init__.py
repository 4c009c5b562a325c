"""The one page, form, table, chart and map, and the words and shapes they share. No models, no field logic."""
