"""What a speaker shows of a lesson: its stops, and how the browser learns of them."""
