"""The words that have to be learnt: a sentence and a small picture for each, wherever one stands.

terms     every term: what it is, its picture, and the lesson that it belongs to
pictures  the pictures, computed by the core
sheet     all pictures in one file that browsers keep
telling   a term in a text becomes a dotted word that opens
"""
