"""What it looks like: results of the core become plain data that a browser can draw. No Streamlit, no stage.

plots     figures for Plotly
drawings  SVG and HTML with slots for what changes
latex     mathematics for KaTeX

On the ground floor: `theme` has the colours, `axes` what every figure has around it, `traces` what it is
drawn with.
"""
