"""What is drawn on pictures: skeleton, lines, captions; and the videos and stills made of them."""
