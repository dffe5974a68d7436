"""The pages as Streamlit draws them: the only part of the package that imports Streamlit."""
