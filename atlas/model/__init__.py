"""What there is: rows, words, parameters, colours and pages. It knows no other room."""
