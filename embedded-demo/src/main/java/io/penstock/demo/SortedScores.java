package io.penstock.demo;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A sorted bag of floats that counts how many are smaller. Kept in chunks of some hundreds, with the last score and
 * the size of each chunk in arrays of their own: to find a place among 20,000 is to walk over less than a hundred
 * neighbours in memory, and to insert moves half a chunk. Not thread-safe.
 */
final class SortedScores implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int CHUNK_SIZE_MAX = 512;

    /** By chunk: sorted scores, of which the first {@code sizes[chunk]} count; none is empty. */
    private float[][] chunks = new float[8][];

    private float[] lasts = new float[8];
    private int[] sizes = new int[8];
    private int chunkCount;
    private int size;

    int size() {
        return size;
    }

    void add(float score) {
        if (chunkCount == 0) {
            insertChunk(0, new float[CHUNK_SIZE_MAX], 0);
        }
        int chunk = Math.min(chunkOf(score), chunkCount - 1);
        float[] scores = chunks[chunk];
        int index = indexIn(chunk, score);
        System.arraycopy(scores, index, scores, index + 1, sizes[chunk] - index);
        scores[index] = score;
        resize(chunk, sizes[chunk] + 1);
        size++;
        if (sizes[chunk] == CHUNK_SIZE_MAX) {
            split(chunk);
        }
    }

    /** Removes one score that was added. */
    void remove(float score) {
        int chunk = chunkOf(score);
        int index = chunk == chunkCount ? 0 : indexIn(chunk, score);
        if (chunk == chunkCount || chunks[chunk][index] != score) {
            throw new IllegalArgumentException("a score was removed that is not there");
        }
        float[] scores = chunks[chunk];
        System.arraycopy(scores, index + 1, scores, index, sizes[chunk] - index - 1);
        size--;
        if (sizes[chunk] == 1) {
            removeChunk(chunk);
        } else {
            resize(chunk, sizes[chunk] - 1);
        }
    }

    /** How many are smaller than {@code score}. */
    int countBelow(float score) {
        int chunk = chunkOf(score);
        int below = chunk == chunkCount ? 0 : indexIn(chunk, score);
        for (int i = 0; i < chunk; i++) {
            below += sizes[i];
        }
        return below;
    }

    /** How many are smaller than {@code score} or equal to it. */
    int countAtMost(float score) {
        return countBelow(Math.nextUp(score));
    }

    /** The first chunk whose last score is not below {@code score}; {@code chunkCount} if there is none. */
    private int chunkOf(float score) {
        int chunk = 0;
        while (chunk < chunkCount && lasts[chunk] < score) {
            chunk++;
        }
        return chunk;
    }

    /** The first index in a chunk whose score is not below {@code score}; its size if there is none. */
    private int indexIn(int chunk, float score) {
        float[] scores = chunks[chunk];
        int low = 0;
        int high = sizes[chunk];
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

    private void resize(int chunk, int newSize) {
        sizes[chunk] = newSize;
        lasts[chunk] = chunks[chunk][newSize - 1];
    }

    private void split(int chunk) {
        int half = sizes[chunk] / 2;
        int rest = sizes[chunk] - half;
        float[] upper = new float[CHUNK_SIZE_MAX];
        System.arraycopy(chunks[chunk], half, upper, 0, rest);
        resize(chunk, half);
        insertChunk(chunk + 1, upper, rest);
        resize(chunk + 1, rest);
    }

    private void insertChunk(int chunk, float[] scores, int newSize) {
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * chunkCount);
            lasts = Arrays.copyOf(lasts, 2 * chunkCount);
            sizes = Arrays.copyOf(sizes, 2 * chunkCount);
        }
        move(chunk, chunk + 1);
        chunkCount++;
        chunks[chunk] = scores;
        sizes[chunk] = newSize;
    }

    private void removeChunk(int chunk) {
        move(chunk + 1, chunk);
        chunkCount--;
        chunks[chunkCount] = null;
    }

    /** Moves the chunks from {@code from} on so that they begin at {@code to}. */
    private void move(int from, int to) {
        System.arraycopy(chunks, from, chunks, to, chunkCount - from);
        System.arraycopy(lasts, from, lasts, to, chunkCount - from);
        System.arraycopy(sizes, from, sizes, to, chunkCount - from);
    }
}
