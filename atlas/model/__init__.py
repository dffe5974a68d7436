"""Records, texts, parameters, languages, colours and pages. It imports no other room."""
