"""The pages as Streamlit draws them: the only room that uses its elements."""
