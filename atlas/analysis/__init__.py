"""What follows from the rows: counts, distances, counterparts, comparisons, times, gaps."""
