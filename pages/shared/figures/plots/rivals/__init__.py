"""A generator and a judge who learn against each other.

chase      two numbers in their plane, and how far from their balance they are
bells      two bells, the best judge of them, and what it says with their distance
"""
