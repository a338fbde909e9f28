package io.penstock.infer;

import io.penstock.grid.Grid;
import io.penstock.grid.GridException;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.CarriedGrid;
import io.penstock.infer.ModelException.Code;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models in the maps of a grid: in one what is known of each, in another the bytes, in pieces that calls of a
 * cluster can carry. Bytes never change; they are there before the description that names them, and until after it.
 */
final class ModelStore {

    static final MapRef<String, StoredModel> MODELS = MapRef.of("penstock.models", String.class, StoredModel.class);
    static final MapRef<Piece, byte[]> BYTES = MapRef.of("penstock.models.bytes", Piece.class, byte[].class);

    /** A part of the bytes of a version. */
    record Piece(UUID bytesId, int ordinal) {}

    private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);
    private static final int PIECE_SIZE = 1 << 20;
    /** A member fetches up to 4 MB at once. */
    private static final int PIECES_AT_ONCE = 4;

    private final Grid grid;
    private final GridMap<String, StoredModel> models;
    private final GridMap<Piece, byte[]> bytes;

    ModelStore(Grid grid) {
        this.grid = grid;
        // a journal would keep the bytes of some 1,000 pieces of each partition, long after their models went
        models = CarriedGrid.map(grid, MODELS, map -> map.journalCapacity(0));
        bytes = CarriedGrid.map(grid, BYTES, map -> map.journalCapacity(0));
    }

    /** Null if no model of that name was ever deployed. */
    StoredModel find(String name) {
        return models.get(name);
    }

    /** Those that were ever deployed, by name. */
    Map<String, StoredModel> find(Collection<String> names) {
        return models.getAll(names);
    }

    Collection<StoredModel> all() {
        return models.values();
    }

    /**
     * Puts what is to be known of a model.
     *
     * @param before what it must be still; null for nothing
     * @throws ModelException with {@link Code#CONFLICT} if it is something else
     */
    void replace(StoredModel before, StoredModel next) {
        String name = next.name();
        boolean stored = before == null ? models.putIfAbsent(name, next) == null : models.replace(name, before, next);
        if (!stored) {
            throw new ModelException(Code.CONFLICT, "model '" + name + "' was deployed or removed by another member of"
                    + " grid '" + grid.name() + "' at the same moment; look at describe('" + name + "') and try again");
        }
    }

    // ---- bytes

    /** Keeps the bytes of a version that is about to be put. */
    void keep(StoredModel.Version version, byte[] onnx) {
        for (int ordinal = 0; ordinal < pieceCount(onnx.length); ordinal++) {
            int from = ordinal * PIECE_SIZE;
            bytes.put(
                    new Piece(version.bytesId(), ordinal),
                    Arrays.copyOfRange(onnx, from, Math.min(onnx.length, from + PIECE_SIZE)));
        }
    }

    /**
     * The bytes of a version.
     *
     * @throws ModelException with {@link Code#DAMAGED} if some are missing; they may also have been freed, as the model
     *     was deployed or removed meanwhile
     */
    byte[] bytes(StoredModel.Version version) {
        byte[] onnx = new byte[version.info().size()];
        int pieceCount = pieceCount(onnx.length);
        for (int first = 0; first < pieceCount; first += PIECES_AT_ONCE) {
            List<Piece> wanted = IntStream.range(first, Math.min(pieceCount, first + PIECES_AT_ONCE))
                    .mapToObj(ordinal -> new Piece(version.bytesId(), ordinal)).toList();
            Map<Piece, byte[]> found = bytes.getAll(wanted);
            if (found.size() < wanted.size()) {
                throw new ModelException(Code.DAMAGED, version.info().modelVersion() + ": some of its "
                        + onnx.length + " bytes are lost, perhaps with members of the cluster; deploy it again");
            }
            found.forEach((piece, part) -> System.arraycopy(
                    part, 0, onnx, piece.ordinal() * PIECE_SIZE, Math.min(part.length, onnx.length)));
        }
        return onnx;
    }

    /** Frees the bytes of versions that no description names any more. Throws nothing: all else is done already. */
    void forget(Collection<StoredModel.Version> versions) {
        for (StoredModel.Version version : versions) {
            try {
                for (int ordinal = 0; ordinal < pieceCount(version.info().size()); ordinal++) {
                    bytes.remove(new Piece(version.bytesId(), ordinal));
                }
            } catch (GridException e) {
                LOG.warn("grid '{}': the bytes of {} could not be freed; their memory is lost to the grid",
                        grid.name(), version.info().modelVersion(), e);
            }
        }
    }

    private static int pieceCount(int size) {
        return (size + PIECE_SIZE - 1) / PIECE_SIZE;
    }
}
