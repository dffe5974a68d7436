"""What is on the map, and where: marks, labels, and the signs of sectors."""
