package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import org.junit.jupiter.api.Test;

class ClusterSmokeIT {

    @Test
    void membersAndClientsShareAMap() {
        MapRef<String, Integer> stock = MapRef.of("stock", String.class, Integer.class);
        try (Grid one = Grid.cluster(config -> config.name("smoke"));
                Grid two = Grid.cluster(config -> config.name("smoke").cluster(c -> c.members(one.members().get(0).address())));
                Grid client = Grid.connect("hazelcast://" + one.members().get(0).address(), c -> c.name("smoke"))) {
            assertEquals(2, client.members().size());
            GridMap<String, Integer> map = client.map(stock);
            map.put("a", 1);
            assertEquals(1, two.map(stock).get("a"));
        }
    }
}
