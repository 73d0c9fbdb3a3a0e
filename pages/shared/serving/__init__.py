"""The server: what stands between Streamlit's own and the browsers."""
