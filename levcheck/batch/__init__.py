"""A firm's book: the same analysis over many portfolios."""
