"""Readers for what fund houses and regulators publish: holdings files of any layout, and Form N-PORT."""
