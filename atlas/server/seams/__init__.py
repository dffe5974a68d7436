"""Everything that leans on what Streamlit and the web server keep to themselves."""
