"""Every read over an organisation's accepted declarations; all sums are taken by the database.

Nothing here loads a line of a Smelter List: 100,000 of them come back as some hundred smelters. Each function takes a
`CompanyYear` and asks a fixed number of queries, whatever the number of rows.
"""
