//! Where something is on the globe, as far as it takes to say which place is near.

/// A point, to a hundred metres: nearer than that nobody needs to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    /// Thousandths of a degree, north being positive.
    latitude: i32,
    /// Thousandths of a degree, east being positive.
    longitude: i32,
}

impl Position {
    /// A point in degrees; `None` if there is no such point.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_the_globe = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        let thousandths = |degrees: f64| (degrees * 1000.0).round() as i32;
        is_on_the_globe.then(|| Self { latitude: thousandths(latitude), longitude: thousandths(longitude) })
    }

    /// The way as the crow flies (haversine; the earth as a ball is right to half a percent).
    pub fn kilometres_to(self, other: Self) -> f64 {
        const EARTH_RADIUS: f64 = 6371.0;
        let radians = |thousandths: i32| (f64::from(thousandths) / 1000.0).to_radians();
        let (from, to) = (radians(self.latitude), radians(other.latitude));
        let half = |a: i32, b: i32| (radians(a - b) / 2.0).sin().powi(2);
        let chord = half(self.latitude, other.latitude) + from.cos() * to.cos() * half(self.longitude, other.longitude);
        // Rounding may carry the chord of opposite points past 1.
        2.0 * EARTH_RADIUS * chord.min(1.0).sqrt().asin()
    }

    /// Things by their distance in kilometres, the nearest first; equally near ones stay in order.
    pub fn by_distance<T>(self, places: impl IntoIterator<Item = (Self, T)>) -> Vec<(f64, T)> {
        let mut near: Vec<(f64, T)> =
            places.into_iter().map(|(position, thing)| (self.kilometres_to(position), thing)).collect();
        near.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        near
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anywhere() -> impl Strategy<Value = Position> {
        (-90.0..=90.0_f64, -180.0..=180.0_f64)
            .prop_map(|(north, east)| Position::new(north, east).expect("on the globe"))
    }

    #[test]
    fn known_ways_are_right() {
        let at = |north, east| Position::new(north, east).expect("on the globe");
        let (berlin, munich) = (at(52.52, 13.405), at(48.137, 11.575));
        assert!((berlin.kilometres_to(munich) - 504.0).abs() < 3.0, "{}", berlin.kilometres_to(munich));
        let around = at(0.0, -180.0).kilometres_to(at(0.0, 180.0));
        assert!(around < 0.001, "the date line is no wall: {around}");
        assert!((at(90.0, 0.0).kilometres_to(at(-90.0, 0.0)) - 20_015.0).abs() < 1.0);
    }

    #[test]
    fn what_is_not_on_the_globe_is_nowhere() {
        for (north, east) in [(90.1, 0.0), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)] {
            assert_eq!(Position::new(north, east), None);
        }
    }

    proptest! {
        #[test]
        fn distance_is_one(a in anywhere(), b in anywhere(), c in anywhere()) {
            prop_assert!(a.kilometres_to(a).abs() < 1e-9);
            prop_assert!((a.kilometres_to(b) - b.kilometres_to(a)).abs() < 1e-6);
            prop_assert!(a.kilometres_to(c) <= a.kilometres_to(b) + b.kilometres_to(c) + 1e-6);
            prop_assert!((0.0..=20_016.0).contains(&a.kilometres_to(b)));
        }

        #[test]
        fn the_nearest_is_the_one_that_a_look_at_all_finds(here in anywhere(), there in prop::collection::vec(anywhere(), 1..20)) {
            let sorted = here.by_distance(there.iter().copied().enumerate().map(|(number, place)| (place, number)));
            prop_assert_eq!(sorted.len(), there.len());
            let mut best = 0;
            for (number, place) in there.iter().enumerate() {
                if here.kilometres_to(*place) < here.kilometres_to(there[best]) {
                    best = number;
                }
            }
            prop_assert_eq!(sorted[0].1, best);
            prop_assert!(sorted.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        }
    }
}
