package io.penstock.demo;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A sorted bag of floats that counts how many are smaller. Kept in chunks of some hundreds, so that adding, removing and
 * counting among 20,000 move and compare some hundreds of floats, in a row. Not thread-safe.
 */
final class SortedScores implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int CHUNK_SIZE_MAX = 512;

    /** Sorted floats. Only the first {@code size} count. */
    private static final class Chunk implements Serializable {

        private static final long serialVersionUID = 1L;

        private final float[] scores = new float[CHUNK_SIZE_MAX];
        private int size;

        /** The first index whose score is at least {@code score}. */
        int indexOf(float score) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = low + high >>> 1;
                if (scores[middle] < score) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        void insert(float score) {
            int index = indexOf(score);
            System.arraycopy(scores, index, scores, index + 1, size - index);
            scores[index] = score;
            size++;
        }

        /** Removes one such score, if there is one. */
        boolean removed(float score) {
            int index = indexOf(score);
            if (index == size || scores[index] != score) {
                return false;
            }
            size--;
            System.arraycopy(scores, index + 1, scores, index, size - index);
            return true;
        }

        float last() {
            return scores[size - 1];
        }

        /** Moves the upper half into a new chunk. */
        Chunk split() {
            Chunk upper = new Chunk();
            upper.size = size - size / 2;
            size /= 2;
            System.arraycopy(scores, size, upper.scores, 0, upper.size);
            return upper;
        }
    }

    private final List<Chunk> chunks = new ArrayList<>(List.of(new Chunk()));
    private int size;

    int size() {
        return size;
    }

    void add(float score) {
        int index = Math.min(chunkOf(score), chunks.size() - 1);
        Chunk chunk = chunks.get(index);
        chunk.insert(score);
        size++;
        if (chunk.size == CHUNK_SIZE_MAX) {
            chunks.add(index + 1, chunk.split());
        }
    }

    /** Removes one score that was added. */
    void remove(float score) {
        int index = chunkOf(score);
        if (index == chunks.size() || !chunks.get(index).removed(score)) {
            throw new IllegalArgumentException("a score was removed that is not there");
        }
        size--;
        if (chunks.get(index).size == 0 && chunks.size() > 1) {
            chunks.remove(index);
        }
    }

    /** How many are smaller than {@code score}. */
    int countBelow(float score) {
        int below = 0;
        for (Chunk chunk : chunks) {
            if (chunk.size > 0 && chunk.last() >= score) {
                return below + chunk.indexOf(score);
            }
            below += chunk.size;
        }
        return below;
    }

    /** How many are smaller than {@code score} or equal to it. */
    int countAtMost(float score) {
        return countBelow(Math.nextUp(score));
    }

    /** The first chunk whose last score is not below {@code score}: where it stands, if it is here. */
    private int chunkOf(float score) {
        int index = 0;
        while (index < chunks.size() && (chunks.get(index).size == 0 || chunks.get(index).last() < score)) {
            index++;
        }
        return index;
    }
}
