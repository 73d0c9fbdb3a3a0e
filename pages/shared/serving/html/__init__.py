"""The HTML that browsers get first: what it says, names and allows."""
