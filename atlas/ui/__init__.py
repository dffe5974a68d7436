"""What is drawn: the only part of the package that knows Streamlit."""
