"""Targets (指标): their values, formulas and rules, and the sheets they are filled in on."""
