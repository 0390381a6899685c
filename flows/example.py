"""Which example the demo and a replay without a name take."""

EXAMPLE = "bureau-2022"
