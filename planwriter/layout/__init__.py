"""Page layouts (版式), and what GB/T 9704 demands of them."""
