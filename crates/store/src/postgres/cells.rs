//! How the four kinds of cell travel to and from this database.

use kernel::{Refusal, Result, Row, Value};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};

type Said<T> = std::result::Result<T, Box<dyn std::error::Error + Sync + Send>>;

#[derive(Debug)]
pub struct Bound<'a>(pub &'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Said<IsNull> {
        match (self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(n), &Type::INT8) => n.to_sql(ty, out),
            (Value::Int(n), &Type::INT4) => i32::try_from(*n)?.to_sql(ty, out),
            (Value::Int(n), &Type::FLOAT8) => (*n as f64).to_sql(ty, out),
            (Value::Int(n), &Type::BOOL) => (*n != 0).to_sql(ty, out),
            (Value::Int(n), _) => n.to_string().to_sql(&Type::TEXT, out),
            (Value::Real(n), &Type::FLOAT8) => n.to_sql(ty, out),
            (Value::Real(n), _) => Err(format!("a number {n} for {ty}").into()),
            (Value::Text(text), _) => text.to_sql(&Type::TEXT, out),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    to_sql_checked!();
}

struct Cell(Value);

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Said<Self> {
        Ok(Cell(match *ty {
            Type::INT8 => Value::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Value::Int(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Value::Int(bool::from_sql(ty, raw)?.into()),
            Type::FLOAT8 => Value::Real(f64::from_sql(ty, raw)?),
            Type::FLOAT4 => Value::Real(f32::from_sql(ty, raw)?.into()),
            Type::NUMERIC => return Err("cast sums to bigint or double precision".into()),
            _ => Value::Text(std::str::from_utf8(raw)?.to_owned()),
        }))
    }
    fn from_sql_null(_: &Type) -> Said<Self> {
        Ok(Cell(Value::Null))
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Rows as the house reads them.
pub fn read(sql: &str, rows: &[tokio_postgres::Row]) -> Result<Vec<Row>> {
    let wrong = |error: tokio_postgres::Error| Refusal::broken(format!("{error} in {sql}"));
    rows.iter()
        .map(|row| Ok(Row::new((0..row.len()).map(|i| row.try_get::<_, Cell>(i).map(|cell| cell.0).map_err(wrong)).collect::<Result<_>>()?)))
        .collect()
}
