"""What is known about instruments and funds: tables, catalogue, matching, staleness."""
