"""The yearly budget-performance cycle: targets, monitoring, scoring, reporting. Knows nothing of Prefect."""
