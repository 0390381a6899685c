"""`python -m cycle` is the same as `cycle`."""

from cycle.cli import main

main()
