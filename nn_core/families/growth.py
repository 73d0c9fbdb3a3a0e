"""How many numbers a layer of each kind has, and how often it multiplies, for a sequence of a length."""

from __future__ import annotations

from dataclasses import dataclass

SQUEEZED = 2
"""Through so many numbers the squeezed kind passes everything."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: T places of d numbers each; every kind of layer gives as many back.

    Attributes:
        length: T, at least 1.
        width: d, at least 1.
        window: how many places a convolution sees at once, s, odd and at least 1.

    Raises:
        ValueError: if one of them is not so.
    """

    length: int
    width: int
    window: int = 3

    def __post_init__(self) -> None:
        """Check the counts."""
        if self.length < 1 or self.width < 1 or self.window < 1 or self.window % 2 == 0:
            raise ValueError(
                "length and width must be at least 1, and the window odd, got "
                f"length={self.length}, width={self.width} and window={self.window}"
            )

    @property
    def n_parameters(self) -> dict[str, int]:
        """The weights and biases of each kind of layer, by its name.

        dense: (T d)^2 + T d.  squeezed, two dense layers with 2 units between them: 4 T d + T d + 2.
        attention, one head of width d: 4 d^2.  convolution: s d^2 + d.  recurrence: 2 d^2 + d.
        """
        everything, d = self.length * self.width, self.width
        return {
            "dense": everything * everything + everything,
            "squeezed": 2 * SQUEEZED * everything + SQUEEZED + everything,
            "attention": 4 * d * d,
            "convolution": self.window * d * d + d,
            "recurrence": 2 * d * d + d,
        }

    @property
    def n_multiplications(self) -> dict[str, int]:
        """How many products one pass takes: for a convolution with zeros around, which are multiplied, too.

        dense: (T d)^2.  squeezed: 4 T d.  attention: 4 T d^2 for the four matrices, and 2 T^2 d for every
        pair of places, its score and its share.  convolution: T s d^2.  recurrence: 2 T d^2.
        """
        everything, d = self.length * self.width, self.width
        return {
            "dense": everything * everything,
            "squeezed": 2 * SQUEEZED * everything,
            "attention": 4 * everything * d + 2 * self.length * everything,
            "convolution": self.window * everything * d,
            "recurrence": 2 * everything * d,
        }
