"""The rules R01 to R10 over figures and paragraphs, listed in one table; each is a function of document and tolerances."""
