"""Page layouts (版式), and the demands of GB/T 9704 on them."""
