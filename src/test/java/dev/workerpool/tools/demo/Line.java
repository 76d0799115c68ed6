package dev.workerpool.tools.demo;

import java.util.ArrayList;
import java.util.List;

/** One line of a terminal, in pieces that look differently. */
record Line(List<Piece> pieces) {

    record Piece(Style style, String text) {}

    Line {
        pieces = List.copyOf(pieces);
    }

    static Line of(Style style, String text) {
        return new Line(List.of(new Piece(style, text)));
    }

    static Line empty() {
        return new Line(List.of());
    }

    Line and(Style style, String text) {
        List<Piece> all = new ArrayList<>(pieces);
        all.add(new Piece(style, text));
        return new Line(all);
    }

    /** Without any looks. */
    String text() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString().stripTrailing();
    }

    /** No wider than that: what is cut off ends with an ellipsis. */
    String painted(int width) {
        StringBuilder painted = new StringBuilder();
        int room = text().length() <= width ? width : width - 1;
        boolean cut = false;
        for (Piece piece : pieces) {
            String shown = piece.text().substring(0, Math.min(room, piece.text().length()));
            cut |= !piece.text().substring(shown.length()).isBlank();
            room -= shown.length();
            painted.append(piece.style().paint(shown));
        }
        return cut ? painted.append('…').toString() : painted.toString();
    }
}
