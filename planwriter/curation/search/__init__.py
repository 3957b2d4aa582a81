"""Full-text search over clause libraries."""
