"""How Django reads and writes dates and numbers in languages it ships no formats for. Source: CLDR 45, sw and sw_CD."""
