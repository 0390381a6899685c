"""Orchestration on Prefect: order, retries, names of runs, artifacts. The work itself is in `cycle`."""
