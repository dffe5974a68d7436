"""What leans on what Streamlit and the web server keep to themselves, each in one module.

CONTRIBUTING.md has the table of all seams, these and those of other rooms.
"""
