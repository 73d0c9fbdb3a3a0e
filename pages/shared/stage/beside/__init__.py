"""Beside Streamlit: what a hand asks for while it draws."""
