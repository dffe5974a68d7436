"""The pages as markup: templates, styles and scripts, and what they are filled with."""
