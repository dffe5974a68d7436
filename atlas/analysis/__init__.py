"""What follows from the rows: counts, distances, counterparts, comparisons, timeline, gaps."""
