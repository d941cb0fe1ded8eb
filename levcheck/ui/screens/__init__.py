"""One module per screen: lays out charts, tables and sentences of a frozen view, and computes nothing."""
